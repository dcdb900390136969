package dev.anvil.s3.answer;

import dev.anvil.s3.request.S3Request;
import java.io.IOException;

/** Objects: which family member answers what. */
public final class ObjectAnswers {
  private final WriteAnswers writes;
  private final ReadAnswers reads;
  private final CopyAnswers copies;
  private final DeleteAnswers deletes;
  private final FormAnswers forms;

  /** On these use cases. */
  public ObjectAnswers(S3UseCases.Objects objects, S3UseCases.Grants grants, FormAnswers forms) {
    AclReader acls = new AclReader(grants);
    this.writes = new WriteAnswers(objects, acls);
    this.reads = new ReadAnswers(objects);
    this.copies = new CopyAnswers(objects, acls);
    this.deletes = new DeleteAnswers(objects);
    this.forms = forms;
  }

  /** Answers the family. */
  public void answer(S3Call call, S3Request.Objects request) throws IOException {
    switch (request) {
      case S3Request.PutObject r -> writes.put(call, r);
      case S3Request.CopyObject r -> copies.copy(call, r);
      case S3Request.GetObject r -> reads.get(call, r);
      case S3Request.HeadObject r -> reads.head(call, r);
      case S3Request.GetObjectAttributes r -> reads.attributes(call, r);
      case S3Request.DeleteObject r -> deletes.one(call, r);
      case S3Request.DeleteObjects r -> deletes.many(call, r);
      case S3Request.PostObject r -> forms.post(call, r);
    }
  }
}

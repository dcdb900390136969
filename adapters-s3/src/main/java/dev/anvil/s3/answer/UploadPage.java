package dev.anvil.s3.answer;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.multipart.ListUploads;
import dev.anvil.objects.multipart.UploadInfo;
import dev.anvil.s3.request.S3Request;
import dev.anvil.s3.wire.S3Limits;
import java.util.ArrayList;
import java.util.List;

/** A page of open uploads, with those rolled up that a delimiter puts together. */
final class UploadPage {
  private final Use<ListUploads.Command, ListUploads.Result> use;
  private final S3Request.ListMultipartUploads request;
  private final int max;
  private final String prefix;
  private final String delimiter;
  private final List<UploadInfo> uploads = new ArrayList<>();
  private final List<String> commonPrefixes = new ArrayList<>();
  private String nextKey;
  private String nextUploadId;
  private boolean truncated;

  UploadPage(
      Use<ListUploads.Command, ListUploads.Result> use,
      S3Request.ListMultipartUploads request,
      int max) {
    this.use = use;
    this.request = request;
    this.max = max;
    this.prefix = ListAnswers.orEmpty(request.page().prefix());
    this.delimiter = ListAnswers.orEmpty(request.page().delimiter());
  }

  List<UploadInfo> uploads() {
    return uploads;
  }

  List<String> commonPrefixes() {
    return commonPrefixes;
  }

  boolean truncated() {
    return truncated;
  }

  String nextKey() {
    return nextKey;
  }

  /** Empty after a common prefix. */
  String nextUploadId() {
    return nextUploadId;
  }

  void read(S3Call call) {
    String key = ListAnswers.orEmpty(request.keyMarker()).isEmpty() ? null : request.keyMarker();
    // without a key the other marker says nothing
    String id =
        key == null || ListAnswers.orEmpty(request.uploadIdMarker()).isEmpty()
            ? null
            : request.uploadIdMarker();
    String passed = key != null && id == null && common(key) != null ? common(key) : null;
    do {
      ListUploads.Result page =
          use.execute(
              call.call(),
              new ListUploads.Command(
                  request.bucket(),
                  ListAnswers.bytes(prefix, "prefix"),
                  key,
                  id,
                  delimiter.isEmpty() ? Math.max(1, max) : S3Limits.MAX_PAGE));
      passed = take(page.uploads(), passed);
      key = page.nextKey();
      id = page.nextUploadId();
      if (key != null && delimiter.isEmpty()) {
        truncated = max > 0;
        return;
      }
    } while (key != null && !truncated && max > 0);
  }

  /** Takes what fits; gives the common prefix that was taken last. */
  private String take(List<UploadInfo> found, String passedBefore) {
    String passed = passedBefore;
    for (UploadInfo upload : found) {
      String common = common(upload.key().text());
      if (common != null && common.equals(passed)) {
        continue;
      }
      if (uploads.size() + commonPrefixes.size() == max) {
        truncated = max > 0;
        return passed;
      }
      if (common != null) {
        commonPrefixes.add(common);
        passed = common;
        next(common, "");
      } else {
        uploads.add(upload);
        next(upload.key().text(), upload.uploadId());
      }
    }
    return passed;
  }

  private void next(String key, String uploadId) {
    nextKey = key;
    nextUploadId = uploadId;
  }

  private String common(String key) {
    if (delimiter.isEmpty() || !ObjectKey.of(key).text().startsWith(prefix)) {
      return null;
    }
    int at = key.indexOf(delimiter, prefix.length());
    return at < 0 ? null : key.substring(0, at + delimiter.length());
  }
}

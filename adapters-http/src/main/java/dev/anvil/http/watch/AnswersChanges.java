package dev.anvil.http.watch;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What every watch answers, in the words of the API document: a page, lines or events. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@ApiResponse(
    responseCode = "200",
    description = "Changes.",
    content = {
      @Content(
          mediaType = "application/json",
          schema = @Schema(implementation = WatchDocuments.Changes.class)),
      @Content(
          mediaType = "application/x-ndjson",
          schema =
              @Schema(
                  oneOf = {
                    WatchDocuments.Change.class,
                    WatchDocuments.Heartbeat.class,
                    WatchDocuments.End.class,
                    WatchDocuments.Broken.class
                  })),
      @Content(mediaType = "text/event-stream", schema = @Schema(type = "string"))
    })
@interface AnswersChanges {}

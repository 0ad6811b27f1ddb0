package com.conitrack.backup.testsupport.gcs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A request that is refused, with the body of <a
 * href="https://cloud.google.com/storage/docs/json_api/v1/status-codes">HTTP status and error codes
 * for JSON</a>.
 */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;
  private final String words;

  Refusal(int code, String reason, String words) {
    super(code + " " + reason + ": " + words);
    this.code = code;
    this.reason = reason;
    this.words = words;
  }

  static Refusal noSuchBucket() {
    return new Refusal(404, "notFound", "The specified bucket does not exist.");
  }

  static Refusal noSuchObject(String bucket, String name) {
    return new Refusal(404, "notFound", "No such object: " + bucket + "/" + name);
  }

  static Refusal conditionNotMet() {
    return new Refusal(
        412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
  }

  static Refusal invalid(String words) {
    return new Refusal(400, "invalid", words);
  }

  int code() {
    return code;
  }

  ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode error = body.putObject("error").put("code", code).put("message", words);
    error
        .putArray("errors")
        .addObject()
        .put("message", words)
        .put("domain", "global")
        .put("reason", reason);
    return body;
  }
}

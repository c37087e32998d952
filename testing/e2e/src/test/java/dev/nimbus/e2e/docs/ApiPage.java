package dev.nimbus.e2e.docs;

import dev.nimbus.e2e.api.Document;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every route, as the API documents of a running system tell them. */
final class ApiPage {
  private static final String HEAD =
      """
      # HTTP API

      Made from the API documents of a running system by `ReferenceTest`; do not edit.

      Each service tells what it offers at `GET /api/openapi.json` of its own port, in OpenAPI 3.1; the same documents are kept
      [here](openapi). They have the records, parameters and limits; this page is the overview.

      Bodies are JSON in snake case, times RFC 3339 in UTC, ids opaque. What an answer lacks is left out. Lists are
      `{"items": […], "next": "cursor"|null}`. A field a request must have and lacks, or one nobody knows, is refused; log
      lines may have fields of a newer shipper. A GET route answers HEAD as well. There is no version in the paths.

      A token goes into `Authorization: Bearer …`; on the control plane a signed-in browser's cookie stands for an admin
      token. Every call is for the tenant of its token; a token for every tenant names another with `?org=`. "admin",
      "agent", "job" and "service" are the audiences a token can have; a scope behind one is needed too.

      What makes something, and so answers 201, takes an `Idempotency-Key`, unique within the tenant: the same key with the
      same request of the same caller gives with 200 what it made the first time, any other request under it is refused as
      `idempotency-key-taken`. A job's key is known as long as the job, any other for a day. A sign-in link that is asked for
      again takes the place of the first, and is refused when that was used.

      Errors are `application/problem+json` (RFC 9457): `detail` is for people, `kind` says what it means, and `code` is a
      finer word programs may rely on.

      | kind | status | means |
      |---|---|---|
      | invalid | 400, 405, 411 | the request is wrong and will stay wrong |
      | denied | 401, 403 | the caller is nobody known, or may not do this |
      | not_found | 404 | there is no such thing, for this caller |
      | conflict | 409 | its state forbids it, or somebody else was first |
      | exhausted | 413, 429, 507 | a limit or a disk is full |
      | unavailable | 503 | something needed did not answer; later it may |
      | internal | 500 | a fault of Nimbus; its log has it under the id in `detail` |
      """;

  private ApiPage() {}

  /** The page, from the documents by the names of their services. */
  static Page of(Tree tree, Map<String, Document> documents) {
    var text = new StringBuilder(HEAD);
    documents.forEach(
        (name, document) -> {
          text.append("\n## ").append(titled(name)).append("\n\n");
          text.append("[The document](openapi/").append(file(name)).append(").\n\n");
          text.append(Page.head("method", "path", "what it does", "who may call"));
          text.append(rows(document));
        });
    return new Page(tree.file("docs/reference/http-api.md"), text.toString());
  }

  /** Where the document of a service is kept, in its folder. */
  static String file(String service) {
    return service.replace(' ', '-') + ".json";
  }

  private static String rows(Document document) {
    var rows = new StringBuilder();
    document.operations().values().stream()
        .sorted(
            Comparator.comparing(Document.Operation::path)
                .thenComparing(Document.Operation::method))
        .forEach(operation -> rows.append(row(operation)));
    return rows.toString();
  }

  private static String row(Document.Operation operation) {
    return Page.row(
        List.of(
            operation.method().toUpperCase(Locale.ROOT),
            Page.code(operation.path()),
            operation.told().at("summary").text(),
            String.join(", ", operation.callers().stream().map(ApiPage::shown).toList())));
  }

  private static String shown(String caller) {
    var space = caller.indexOf(' ');
    return space < 0
        ? caller
        : caller.substring(0, space) + " (" + Page.code(caller.substring(space + 1)) + ")";
  }

  private static String titled(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}

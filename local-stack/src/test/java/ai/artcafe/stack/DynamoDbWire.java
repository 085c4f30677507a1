package ai.artcafe.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** DynamoDB's protocol by hand, so that no AWS client is needed here. */
record DynamoDbWire(URI url) {

    void createTable(String name) {
        call(
                "CreateTable",
                """
                {"TableName":"%s","BillingMode":"PAY_PER_REQUEST",
                 "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
                 "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}]}
                """
                        .formatted(name));
    }

    String tables() {
        return call("ListTables", "{}");
    }

    private String call(String operation, String body) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(url)
                                    .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                                    .header("Content-Type", "application/x-amz-json-1.0")
                                    .header(
                                            "Authorization",
                                            "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/"
                                                    + "dynamodb/aws4_request, SignedHeaders=host,"
                                                    + " Signature=local")
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

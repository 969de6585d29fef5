package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.ListTagsForResourceRequest;
import dev.gatehouse.model.cognitoidp.TagResourceRequest;
import dev.gatehouse.model.cognitoidp.UntagResourceRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tags of pools, by ARN. */
@NullUnmarked
class PoolTagsTest {
  private final UsersFixture fixture = new UsersFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private String arn() {
    return "arn:aws:cognito-idp:eu-central-1:000000000000:userpool/"
        + fixture.pool(CreateUserPoolRequest.builder());
  }

  @Test
  void tags() {
    String arn = arn();
    assertThat(tagsOf(arn)).isEmpty();
    tag(arn, Map.of("a", "1", "b", "2"));
    tag(arn, Map.of("a", "3"));
    fixture.call(
        CognitoIdpOperations.UNTAG_RESOURCE,
        UntagResourceRequest.builder().resourceArn(arn).tagKeys(List.of("b", "unknown")).build());
    assertThat(tagsOf(arn)).isEqualTo(Map.of("a", "3"));
    Map<String, String> many = new HashMap<>();
    IntStream.range(0, 50).forEach(i -> many.put("k" + i, "v"));
    assertThat(
            fixture.refused(
                CognitoIdpOperations.TAG_RESOURCE,
                TagResourceRequest.builder().resourceArn(arn).tags(many).build()))
        .contains("more than 50 tags");
    assertThat(tagsOf(arn)).hasSize(1);
  }

  @Test
  void tagsOfWhatIsNotThereAreRefused() {
    String arn = arn();
    assertThat(refusedTags(arn + "0"))
        .isEqualTo("ResourceNotFoundException: Resource " + arn + "0 does not exist.");
    for (String wrong :
        List.of(
            arn.replace("eu-central-1:", "eu-west-1:"),
            arn.replace("cognito-idp", "cognito-sync"),
            arn.replace("userpool/", "pool/"))) {
      assertThat(refusedTags(wrong)).isEqualTo("InvalidParameterException: Invalid resource ARN.");
    }
  }

  private void tag(String arn, Map<String, String> tags) {
    fixture.call(
        CognitoIdpOperations.TAG_RESOURCE,
        TagResourceRequest.builder().resourceArn(arn).tags(tags).build());
  }

  private Map<String, String> tagsOf(String arn) {
    return fixture
        .call(
            CognitoIdpOperations.LIST_TAGS_FOR_RESOURCE,
            ListTagsForResourceRequest.builder().resourceArn(arn).build())
        .tags();
  }

  private String refusedTags(String arn) {
    return fixture.refused(
        CognitoIdpOperations.LIST_TAGS_FOR_RESOURCE,
        ListTagsForResourceRequest.builder().resourceArn(arn).build());
  }
}

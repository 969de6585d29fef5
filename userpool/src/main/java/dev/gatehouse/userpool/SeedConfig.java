package dev.gatehouse.userpool;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code seed:} of the configuration file: pools, clients, groups and users with chosen ids and
 * secrets.
 */
public record SeedConfig(
    @JsonPropertyDescription("Pools that shall be there.") @Nullable List<PoolSeed> pools) {
  /** A pool. Its settings are the members of CreateUserPool under their own names. */
  public record PoolSeed(
      @JsonPropertyDescription("The pool's id, e.g. us-east-1_Example01.") String id,
      @JsonPropertyDescription("Members of CreateUserPool, e.g. PoolName, AutoVerifiedAttributes.")
          CreateUserPoolRequest settings,
      @JsonPropertyDescription("App clients that the pool shall have.")
          @Nullable List<ClientSeed> clients,
      @JsonPropertyDescription("Groups that the pool shall have.") @Nullable List<GroupSeed> groups,
      @JsonPropertyDescription("Users that the pool shall have.") @Nullable List<UserSeed> users) {}

  /** An app client. Its settings are the members of CreateUserPoolClient. */
  public record ClientSeed(
      @JsonPropertyDescription("The client's id, unique over all pools.") String id,
      @JsonPropertyDescription("The client's secret; absent for a public client.")
          @Nullable Secret secret,
      @JsonPropertyDescription(
              "Members of CreateUserPoolClient, e.g. ClientName, ExplicitAuthFlows.")
          CreateUserPoolClientRequest settings) {}

  /** A group. */
  public record GroupSeed(
      @JsonPropertyDescription("The group's name.") String name,
      @JsonPropertyDescription(
              "The lowest number comes first, and its role is the preferred one; a group without one comes last.")
          @Nullable Integer precedence,
      @JsonPropertyDescription("ARN of the role that the group's users may take.")
          @Nullable String roleArn,
      @JsonPropertyDescription("What the group is for.") @Nullable String description) {}

  /** A user: CONFIRMED with the password, FORCE_CHANGE_PASSWORD with the temporary one. */
  public record UserSeed(
      @JsonPropertyDescription(
              "The user name, or where pools sign in by e-mail or telephone, that.")
          String username,
      @JsonPropertyDescription("Password that the user keeps: status CONFIRMED.")
          @Nullable Secret password,
      @JsonPropertyDescription("Password to be replaced at sign-in: status FORCE_CHANGE_PASSWORD.")
          @Nullable Secret temporaryPassword,
      @JsonPropertyDescription("Attributes by name, e.g. email, email_verified, custom:tenant.")
          @Nullable Map<String, String> attributes,
      @JsonPropertyDescription("Names of groups that the user is in from the beginning.")
          @Nullable List<String> groups) {}
}

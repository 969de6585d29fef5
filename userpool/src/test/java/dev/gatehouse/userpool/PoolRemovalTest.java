package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AdminAddUserToGroupRequest;
import dev.gatehouse.model.cognitoidp.AdminCreateUserRequest;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateGroupRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.DeleteUserPoolRequest;
import dev.gatehouse.model.cognitoidp.DeletionProtectionType;
import dev.gatehouse.model.cognitoidp.DeliveryMediumType;
import dev.gatehouse.model.cognitoidp.DescribeUserPoolRequest;
import dev.gatehouse.model.cognitoidp.UpdateUserPoolRequest;
import dev.gatehouse.testkit.Shows;
import dev.gatehouse.userpool.pool.PoolDocument;
import dev.gatehouse.userpool.pool.PoolSettings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The deletion of pools, and what is left of them. */
@NullUnmarked
class PoolRemovalTest {
  /** More than two chunks. */
  private static final int ROWS = 1200;

  private final UsersFixture fixture = new UsersFixture();
  private final String pool =
      fixture.pool(
          CreateUserPoolRequest.builder().deletionProtection(DeletionProtectionType.ACTIVE));
  private final String other = fixture.pool(CreateUserPoolRequest.builder());

  @AfterEach
  void close() {
    fixture.close();
  }

  private static DeleteUserPoolRequest deletion(String pool) {
    return DeleteUserPoolRequest.builder().userPoolId(pool).build();
  }

  private void delete() {
    fixture.call(
        CognitoIdpOperations.UPDATE_USER_POOL,
        UpdateUserPoolRequest.builder().userPoolId(pool).build());
    fixture.call(CognitoIdpOperations.DELETE_USER_POOL, deletion(pool));
  }

  private String refusedDescription() {
    return fixture.refused(
        CognitoIdpOperations.DESCRIBE_USER_POOL,
        DescribeUserPoolRequest.builder().userPoolId(pool).build());
  }

  /** The tables with a column pool_id, on either engine. */
  private static List<String> tablesOfPools(Handle handle) {
    List<String> tables = new ArrayList<>();
    try (ResultSet columns =
        handle.getConnection().getMetaData().getColumns(null, null, "%", "pool_id")) {
      while (columns.next()) {
        tables.add(columns.getString("TABLE_NAME"));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    assertThat(tables).contains("pool_user", "code");
    return tables;
  }

  /** How many rows each table has of a pool; tables without any are left out. */
  private Map<String, Long> rows(String pool) {
    return fixture.database.read(handle -> {
      Map<String, Long> result = new TreeMap<>();
      for (String table : tablesOfPools(handle)) {
        long count =
            handle
                .createQuery("SELECT COUNT(*) FROM " + table + " WHERE pool_id = :pool")
                .bind("pool", pool)
                .mapTo(Long.class)
                .one();
        if (count > 0) {
          result.put(table, count);
        }
      }
      return result;
    });
  }

  /** Clients with secrets, a user, and attempts for more than two chunks. */
  private void fill(String pool) {
    fixture.client(pool);
    fixture.call(
        CognitoIdpOperations.CREATE_USER_POOL_CLIENT,
        CreateUserPoolClientRequest.builder()
            .userPoolId(pool)
            .clientName("c")
            .generateSecret(true)
            .build());
    fixture.confirmed(
        pool, "jan", "Permanent1!", UsersFixture.attributes("email", "jan@example.com"));
    fixture.call(
        CognitoIdpOperations.CREATE_GROUP,
        CreateGroupRequest.builder().userPoolId(pool).groupName("g").build());
    fixture.call(
        CognitoIdpOperations.ADMIN_ADD_USER_TO_GROUP,
        AdminAddUserToGroupRequest.builder()
            .userPoolId(pool)
            .groupName("g")
            .username("jan")
            .build());
    fixture.database.write(handle -> {
      handle.execute(
          "INSERT INTO group_removal (pool_id, name, incarnation) VALUES (?, 'old', 0)", pool);
      for (int i = 0; i < ROWS; i++) {
        handle.execute(
            "INSERT INTO attempt (pool_id, sub, kind, count, since, latest, until) VALUES (?, ?, 'k', 1, 0, 0, 0)",
            pool,
            "s" + i);
      }
      return pool;
    });
  }

  @Test
  @Shows(id = "userpool-05", says = "a protected pool is not deleted, an unprotected one is")
  void protection() {
    assertThat(fixture.refused(CognitoIdpOperations.DELETE_USER_POOL, deletion(pool)))
        .isEqualTo(
            "InvalidParameterException: The user pool cannot be deleted because deletion protection is activated. Deletion"
                + " protection must be inactivated first.");
    delete();
    String gone = "ResourceNotFoundException: User pool " + pool + " does not exist.";
    assertThat(refusedDescription()).isEqualTo(gone);
    assertThat(fixture.refused(CognitoIdpOperations.DELETE_USER_POOL, deletion(pool)))
        .isEqualTo(gone);
    assertThat(
            fixture.refused(
                CognitoIdpOperations.CREATE_USER_POOL_CLIENT,
                CreateUserPoolClientRequest.builder().userPoolId(pool).clientName("c").build()))
        .isEqualTo(gone);
  }

  @Test
  void everythingGoesButTheId() {
    fill(pool);
    fill(other);
    Map<String, Long> others = rows(other);
    assertThat(rows(pool))
        .containsEntry("attempt", (long) ROWS)
        .containsKeys(
            "client",
            "client_pool",
            "client_secret",
            "credential",
            "data_key",
            "group_member",
            "group_removal",
            "login_name",
            "pool_group",
            "pool_user",
            "signing_key",
            "user_search");
    delete();
    fixture.clock.advance(Duration.ofMinutes(2));
    fixture.module.poolRemoval().run(fixture.clock.now());
    assertThat(rows(pool)).containsOnlyKeys("pool");
    assertThat(rows(other)).isEqualTo(others);
    assertThat(refusedDescription()).startsWith("ResourceNotFoundException");
  }

  @Test
  void itsMessagesGoToo() {
    for (String receiving : List.of(pool, other)) {
      fixture.call(
          CognitoIdpOperations.ADMIN_CREATE_USER,
          AdminCreateUserRequest.builder()
              .userPoolId(receiving)
              .username("eva")
              .userAttributes(UsersFixture.attributes("email", "eva@example.com"))
              .desiredDeliveryMediums(List.of(DeliveryMediumType.EMAIL))
              .build());
      fixture.sent.letters.addAll(Collections.nCopies(ROWS, fixture.sent.last()));
    }
    delete();
    fixture.clock.advance(Duration.ofMinutes(2));
    fixture.module.poolRemoval().run(fixture.clock.now());
    assertThat(fixture.sent.letters)
        .hasSize(ROWS + 1)
        .allMatch(letter -> letter.pool().id().equals(other));
  }

  @Test
  void nothingGoesWhileRequestsMayBeUnderWay() {
    fill(pool);
    delete();
    Map<String, Long> marked = rows(pool);
    fixture.module.poolRemoval().run(fixture.clock.now().minusSeconds(60));
    assertThat(rows(pool)).isEqualTo(marked);
  }

  @Test
  void aRemovalGoesOnWhereItWasInterrupted() {
    fill(pool);
    delete();
    fixture.database.write(handle -> handle.execute("DELETE FROM attempt WHERE sub < 's5'"));
    fixture.database.write(handle -> handle.execute("DELETE FROM credential"));
    fixture.clock.advance(Duration.ofMinutes(2));
    fixture.module.poolRemoval().run(fixture.clock.now());
    fixture.module.poolRemoval().run(fixture.clock.now());
    assertThat(rows(pool)).containsOnlyKeys("pool");
  }

  @Test
  void theIdIsNeverGivenAgain() {
    delete();
    fixture.clock.advance(Duration.ofMinutes(2));
    fixture.module.poolRemoval().run(fixture.clock.now());
    PoolDocument document =
        PoolDocument.ofNew(
            PoolSettings.ofNew(
                CreateUserPoolRequest.builder().poolName("again").build(), UsersFixture.REGION));
    assertThat(fixture.module.poolCreation.pool(pool, document)).isEmpty();
    assertThat(rows(pool)).containsOnlyKeys("pool");
  }
}

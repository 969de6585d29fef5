package dev.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeptStatementsTest {
  private static final String INSERT = "INSERT INTO t (a, b) VALUES (?, ?)";
  private final List<String> prepared = new ArrayList<>();
  private final KeptStatements kept = new KeptStatements();
  private Handle handle;

  @BeforeEach
  void open() throws SQLException {
    Connection real = DriverManager.getConnection("jdbc:sqlite::memory:");
    Connection counting =
        (Connection)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("prepareStatement")) {
                    prepared.add((String) arguments[0]);
                  }
                  try {
                    return method.invoke(real, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    handle = Jdbi.create(() -> counting).setStatementBuilderFactory(any -> kept).open();
    handle.execute("CREATE TABLE t (a TEXT PRIMARY KEY, b INTEGER)");
    prepared.clear();
  }

  @AfterEach
  void close() {
    handle.close();
  }

  private int valueOf(String a) {
    return handle
        .createQuery("SELECT b FROM t WHERE a = :a")
        .bind("a", a)
        .mapTo(Integer.class)
        .one();
  }

  @Test
  void eachStatementIsPreparedOnce() {
    for (int i = 0; i < 5; i++) {
      handle.execute(INSERT, "x" + i, i);
      assertThat(valueOf("x" + i)).isEqualTo(i);
      handle.createUpdate("UPDATE t SET b = b + 1 WHERE a = :a").bind("a", "x" + i).execute();
      assertThat(valueOf("x" + i)).isEqualTo(i + 1);
    }
    assertThat(prepared).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void aStatementInUseIsNotLentTwice() {
    handle.execute(INSERT, "x", 1);
    handle.execute(INSERT, "y", 2);
    String all = "SELECT a FROM t ORDER BY a";
    List<String> seen = new ArrayList<>();
    handle
        .createQuery(all)
        .mapTo(String.class)
        .useStream(outer ->
            outer.forEach(a -> seen.add(a + handle.createQuery(all).mapTo(String.class).list())));
    assertThat(seen).containsExactly("x[x, y]", "y[x, y]");
  }

  @Test
  void aStatementThatFailedServesAgain() {
    handle.execute(INSERT, "x", 1);
    assertThatThrownBy(() -> handle.execute(INSERT, "x", 2)).isInstanceOf(JdbiException.class);
    assertThat(handle.execute(INSERT, "y", 2)).isEqualTo(1);
    assertThat(valueOf("x")).isEqualTo(1);
    assertThat(valueOf("y")).isEqualTo(2);
  }

  @Test
  void noMoreThanSomeAreKept() {
    handle.execute(INSERT, "x", 1);
    for (int i = 0; i < 600; i++) {
      handle.createQuery("SELECT " + i).mapTo(Integer.class).one();
    }
    handle.execute(INSERT, "y", 1);
    assertThat(prepared).hasSize(602);
  }
}

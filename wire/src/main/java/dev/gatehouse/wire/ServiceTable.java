package dev.gatehouse.wire;

import dev.gatehouse.model.Operation;
import dev.gatehouse.model.OperationModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The operations of one service: a row for each in its model, with a handler where it is served.
 */
public final class ServiceTable {
  /**
   * A row.
   *
   * @param handler null for an operation that is not served
   */
  public record Row<I, O>(OperationModel<I, O> model, @Nullable Operation<I, O> handler) {}

  private final Map<String, Row<?, ?>> rows = new LinkedHashMap<>();

  /** All operations of the model, none served yet. */
  public ServiceTable(List<OperationModel<?, ?>> operations) {
    operations.forEach(operation -> rows.put(operation.name(), new Row<>(operation, null)));
  }

  /**
   * Serves an operation.
   *
   * @throws IllegalArgumentException if the model has no such operation, or it is served already
   */
  public <I, O> ServiceTable serve(OperationModel<I, O> model, Operation<I, O> handler) {
    Row<?, ?> present = rows.get(model.name());
    if (present == null || present.handler() != null) {
      throw new IllegalArgumentException(model.name());
    }
    rows.put(model.name(), new Row<>(model, handler));
    return this;
  }

  public Optional<Row<?, ?>> find(String operation) {
    return Optional.ofNullable(rows.get(operation));
  }

  /** Every row, in the model's order. */
  public List<Row<?, ?>> rows() {
    return List.copyOf(rows.values());
  }
}

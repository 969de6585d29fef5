package dev.gatehouse.wire;

import dev.gatehouse.http.HttpAnswer;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.model.ApiError;
import dev.gatehouse.model.OperationModel;
import dev.gatehouse.model.Violation;
import java.util.List;
import java.util.Set;

/** How a protocol puts requests, answers and errors into bytes, and what it calls common errors. */
interface Protocol {
  <I> I decode(HttpRequest request, Class<I> type);

  <O> HttpAnswer answer(OperationModel<?, O> operation, O output, String requestId);

  HttpAnswer error(ApiError error, String requestId);

  SignatureWords signatureWords();

  /** Types that every operation may answer without declaring them. */
  Set<String> commonErrors();

  ApiError unreadable(String message);

  ApiError invalid(List<Violation> violations);

  ApiError throttled();

  ApiError internal(String requestId);
}

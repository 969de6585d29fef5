/**
 * The API's shapes. Requests, responses, enumerations, constraint checks, errors and operation
 * tables of each service are generated at build time from {@code src/main/smithy} into packages
 * below this one; here stands what they share.
 *
 * <p>Enter at {@link dev.gatehouse.model.OperationModel} and {@link dev.gatehouse.model.Json}.
 */
@NullMarked
package dev.gatehouse.model;

import org.jspecify.annotations.NullMarked;

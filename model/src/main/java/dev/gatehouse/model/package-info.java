/**
 * What the generated packages stand on: operation and error tables, constraint checks with AWS's
 * texts, the JSON mapper of AWS JSON.
 *
 * <p>Owns the shapes of requests and answers and what the model says about them. Does not own what
 * an operation does, nor HTTP. Enter at {@link dev.gatehouse.model.OperationModel} and {@link
 * dev.gatehouse.model.Json}.
 */
@NullMarked
package dev.gatehouse.model;

import org.jspecify.annotations.NullMarked;

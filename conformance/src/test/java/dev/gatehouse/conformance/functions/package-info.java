/** Lambda functions in Java, as they would be deployed. */
@NullMarked
package dev.gatehouse.conformance.functions;

import org.jspecify.annotations.NullMarked;

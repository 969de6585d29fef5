/** Real clients against a running server: the AWS SDK for Java, npm's clients, the AWS CLI. */
@NullMarked
package dev.gatehouse.conformance;

import org.jspecify.annotations.NullMarked;

/**
 * {@link dev.gatehouse.testkit.Shows} ties tests to what the product promises, {@link
 * dev.gatehouse.testkit.Differs} to what it does otherwise than Cognito; {@link
 * dev.gatehouse.testkit.BehaviourRecorder} writes down what ran.
 */
@NullMarked
package dev.gatehouse.testkit;

import org.jspecify.annotations.NullMarked;

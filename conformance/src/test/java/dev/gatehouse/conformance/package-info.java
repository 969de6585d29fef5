/**
 * Real clients against a running server: the AWS SDK for Java, npm's clients, the AWS CLI. Not
 * null-marked: the SDK's types are not, and a null there fails the test that met it.
 */
package dev.gatehouse.conformance;

package dev.gatehouse.model;

/**
 * What the model says about a service.
 *
 * @param name the service's shape, which is also the prefix of {@code X-Amz-Target}
 * @param sdkId AWS's name for it in SDKs
 * @param signingName the service of a SigV4 credential scope
 * @param protocol e.g. {@code awsJson1_1}, {@code awsQuery}
 * @param apiVersion e.g. {@code 2016-04-18}, the query's {@code Version}
 * @param xmlNamespace the namespace of XML answers, {@code ""} where there is none
 */
public record ServiceModel(
    String name,
    String sdkId,
    String signingName,
    String protocol,
    String apiVersion,
    String xmlNamespace) {}

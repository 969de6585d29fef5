package dev.gatehouse.userpool.auth;

import java.util.ArrayList;
import java.util.List;

/**
 * What a sign-in has shown, from its first round to its tokens. Travels in every {@link FlowState}.
 *
 * @param flowId 128 random bits as hex; the same over all rounds of one sign-in
 * @param proofs in the order in which they were shown
 * @param deviceKey {@code DEVICE_KEY} as the client has sent it last; empty = none
 */
public record Progress(String flowId, List<Proof> proofs, String deviceKey) {
  public Progress {
    proofs = List.copyOf(proofs);
  }

  /** As long as a device key can be: a region, a line and a UUID. */
  private static final int LONGEST_DEVICE_KEY = 64;

  /** Where a sign-in begins. */
  static Progress beginning(String flowId, Parameters parameters) {
    return new Progress(flowId, List.of(), "").from(parameters);
  }

  /** With the device key of this round, where it names one that can exist. */
  Progress from(Parameters parameters) {
    String given = parameters.optional("DEVICE_KEY");
    return given.isEmpty() || given.length() > LONGEST_DEVICE_KEY
        ? this
        : new Progress(flowId, proofs, given);
  }

  Progress with(Proof proof) {
    List<Proof> more = new ArrayList<>(proofs);
    more.add(proof);
    return new Progress(flowId, more, deviceKey);
  }

  boolean has(Proof proof) {
    return proofs.contains(proof);
  }

  /** Whether the password, or what stands for it, was shown and no second factor yet. */
  boolean passwordAlone() {
    return proofs.stream().anyMatch(Proof::callsForSecond)
        && proofs.stream().noneMatch(Proof::isSecondFactor);
  }
}

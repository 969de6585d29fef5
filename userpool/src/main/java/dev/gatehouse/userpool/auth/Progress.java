package dev.gatehouse.userpool.auth;

import java.util.ArrayList;
import java.util.List;

/**
 * What a sign-in has shown, from its first round to its tokens. Travels in every {@link FlowState}.
 *
 * @param flowId 128 random bits as hex; the same over all rounds of one sign-in
 * @param proofs in the order in which they were shown
 * @param deviceKey {@code DEVICE_KEY} as the client has sent it last; empty = none
 * @param target the level that the sign-in is to reach; 0 = any
 * @param credited how many of the proofs an earlier sign-in has shown, whose access token came
 *     along
 */
public record Progress(
    String flowId, List<Proof> proofs, String deviceKey, int target, int credited) {
  public Progress {
    proofs = List.copyOf(proofs);
  }

  /** As long as a device key can be: a region, a line and a UUID. */
  private static final int LONGEST_DEVICE_KEY = 64;

  /** Where a sign-in begins. */
  static Progress beginning(String flowId, Parameters parameters) {
    return new Progress(flowId, List.of(), "", 0, 0).from(parameters);
  }

  /** With the device key of this round, where it names one that can exist. */
  Progress from(Parameters parameters) {
    String given = parameters.optional("DEVICE_KEY");
    return given.isEmpty() || given.length() > LONGEST_DEVICE_KEY
        ? this
        : new Progress(flowId, proofs, given, target, credited);
  }

  Progress with(Proof proof) {
    List<Proof> more = new ArrayList<>(proofs);
    more.add(proof);
    return new Progress(flowId, more, deviceKey, target, credited);
  }

  /** Going for a level, with what is credited. */
  Progress towards(int level, List<Proof> credit) {
    return new Progress(flowId, credit, deviceKey, level, credit.size());
  }

  /** Whether this sign-in itself has shown something. */
  boolean shown() {
    return proofs.size() > credited;
  }

  /** Whether the level is still to be reached. */
  boolean belowTarget() {
    return target > 0 && Levels.of(proofs) < target;
  }

  boolean has(Proof proof) {
    return proofs.contains(proof);
  }

  /** Whether the password, or what stands for it, was shown and no second factor yet. */
  boolean passwordAlone() {
    return proofs.stream().noneMatch(Proof::isPasskey)
        && proofs.stream().anyMatch(Proof::callsForSecond)
        && proofs.stream().noneMatch(Proof::isSecondFactor);
  }
}

package dev.gatehouse.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * A shared library of the system, called through the Foreign Function API. It may be absent: then,
 * and when this JVM may not call native code, opening it is an {@link UnsatisfiedLinkError}, on
 * which {@link Primitives} takes the pure-Java form.
 */
@SuppressWarnings("restricted") // native calls are this class's trade; the launcher allows them
final class NativeLibrary {
  private static final Linker LINKER = Linker.nativeLinker();

  private final String soname;
  private final SymbolLookup symbols;

  private NativeLibrary(String soname, SymbolLookup symbols) {
    this.soname = soname;
    this.symbols = symbols;
  }

  /**
   * Opens a library by its versioned name, e.g. {@code libcrypto.so.3}: another version may have
   * other signatures, so no other is tried.
   */
  static NativeLibrary open(String soname) {
    try {
      return new NativeLibrary(soname, SymbolLookup.libraryLookup(soname, Arena.global()));
    } catch (IllegalArgumentException | IllegalCallerException notToBeHad) {
      throw new UnsatisfiedLinkError(soname + " is not to be had");
    }
  }

  MethodHandle function(String name, @Nullable MemoryLayout result, MemoryLayout... parameters) {
    MemorySegment address =
        symbols.find(name).orElseThrow(() -> new UnsatisfiedLinkError(soname + " has no " + name));
    FunctionDescriptor descriptor =
        result == null
            ? FunctionDescriptor.ofVoid(parameters)
            : FunctionDescriptor.of(result, parameters);
    return LINKER.downcallHandle(address, descriptor);
  }

  /** A C string of at most 255 characters. */
  static String text(MemorySegment address) {
    return address.reinterpret(256).getString(0);
  }

  /** A downcall throws nothing of its own; what comes out of one is a fault of this program. */
  static IllegalStateException failed(Throwable e) {
    return new IllegalStateException("a native call failed", e);
  }
}

package dev.skive.frontend.weights;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableLongArray;
import dev.skive.ir.type.ElementType;
import java.util.Comparator;

/// What the header of a safetensors file says.
///
/// @param entries the tensors, in the order of the header
/// @param metadata what the writer says about the file
record SafetensorsHeader(ImmutableList<Entry> entries, ImmutableMap<String, String> metadata) {
    private static final Comparator<Entry> ORDER = Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end);

    /// One tensor.
    ///
    /// @param name its name
    /// @param element its element type
    /// @param sizes its sizes, row-major
    /// @param begin its first byte, counted from the end of the header
    /// @param end the byte after its last
    record Entry(String name, ElementType element, ImmutableLongArray sizes, long begin, long end) {}

    /// The tensors in the order of their bytes.
    ImmutableList<Entry> inOrder() {
        return ImmutableList.sortedCopyOf(ORDER, entries);
    }
}

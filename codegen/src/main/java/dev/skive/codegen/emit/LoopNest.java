package dev.skive.codegen.emit;

import com.google.common.collect.ImmutableList;
import dev.skive.codegen.plan.View;
import dev.skive.ir.type.Dim;
import dev.skive.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;

/// The loops over every position of some views of one shape. Axes that are evenly spaced in all views are merged; the
/// outer axes are one loop shared among the workers, the last axis is the inner loop.
final class LoopNest {
    private final List<Dim> sizes = new ArrayList<>();
    private final List<List<Dim>> strides = new ArrayList<>();

    LoopNest(Shape shape, List<View> views) {
        for (int axis = 0; axis < shape.rank(); axis++) {
            Dim size = shape.dim(axis);
            int at = axis;
            if (!size.is(1)) {
                push(size, views.stream().map(view -> view.stride(at)).toList());
            }
        }
        if (sizes.isEmpty()) {
            push(Dim.ONE, views.stream().map(view -> Dim.ONE).toList());
        }
    }

    private void push(Dim size, List<Dim> step) {
        int last = sizes.size() - 1;
        if (last >= 0 && continues(strides.get(last), size, step)) {
            sizes.set(last, sizes.get(last).times(size));
            strides.set(last, step);
        } else {
            sizes.add(size);
            strides.add(step);
        }
    }

    private static boolean continues(List<Dim> outer, Dim size, List<Dim> inner) {
        for (int i = 0; i < outer.size(); i++) {
            if (!outer.get(i).equals(inner.get(i).times(size))) {
                return false;
            }
        }
        return true;
    }

    /// True when there is a single loop over all positions.
    boolean isFlat() {
        return sizes.size() == 1;
    }

    /// The number of iterations of the inner loop.
    Dim inner() {
        return sizes.getLast();
    }

    /// How far a view moves per iteration of the inner loop.
    Dim innerStride(int view) {
        return strides.getLast().get(view);
    }

    /// The number of iterations of the outer loop.
    Dim outer() {
        return sizes.subList(0, sizes.size() - 1).stream().reduce(Dim.ONE, Dim::times);
    }

    /// Opens the outer loop, shared among the workers, and declares where each view's inner loop starts.
    ///
    /// @param starts the Java names of the views' offsets
    /// @return the Java names of the starts inside the loop
    ImmutableList<String> open(KernelMethod method, List<String> starts) {
        if (isFlat()) {
            return ImmutableList.copyOf(starts);
        }
        var code = method.code();
        String outer = method.size(outer());
        code.add("final int last = worker.to($L);\n", outer);
        code.beginControlFlow("for (int outer = worker.from($L); outer < last; outer++)", outer);
        List<String> indexes = indexes(method);
        var inside = ImmutableList.<String>builder();
        for (int view = 0; view < starts.size(); view++) {
            String name = starts.get(view) + "Row";
            code.addStatement("final int $L = $L", name, position(method, starts.get(view), indexes, view));
            inside.add(name);
        }
        return inside.build();
    }

    private List<String> indexes(KernelMethod method) {
        var indexes = new ArrayList<String>();
        String rest = "outer";
        for (int axis = sizes.size() - 2; axis >= 0; axis--) {
            String name = "i" + axis;
            String size = method.size(sizes.get(axis));
            method.code()
                    .addStatement(
                            axis == 0 ? "final int $L = $L" : "final int $L = $L % $L",
                            axis == 0 ? new Object[] {name, rest} : new Object[] {name, rest, size});
            rest = rest + " / " + size;
            indexes.addFirst(name);
        }
        return indexes;
    }

    private String position(KernelMethod method, String start, List<String> indexes, int view) {
        var text = new StringBuilder(start);
        for (int axis = 0; axis < indexes.size(); axis++) {
            text.append(method.step(indexes.get(axis), strides.get(axis).get(view)));
        }
        return text.toString();
    }

    /// Closes the outer loop.
    void close(KernelMethod method) {
        if (!isFlat()) {
            method.code().endControlFlow();
        }
    }

    /// Declares the bounds of the inner loop.
    void bounds(KernelMethod method) {
        String count = method.size(inner());
        if (isFlat()) {
            method.code().addStatement("final int from = worker.from($L, 16)", count);
            method.code().addStatement("final int to = worker.to($L, 16)", count);
        } else {
            method.code().addStatement("final int from = 0");
            method.code().addStatement("final int to = $L", count);
        }
    }

    /// The index of a view's element in iteration `i` of the inner loop.
    String index(KernelMethod method, String start, int view) {
        return start + method.step("i", innerStride(view));
    }
}

package dev.skive.codegen;

import dev.skive.codegen.emit.Emission;
import dev.skive.ir.ExitCode;
import dev.skive.ir.SkiveException;
import java.util.Set;
import javax.lang.model.SourceVersion;

/// How a class is generated.
///
/// @param packageName its package
/// @param className its simple name
/// @param floatLanes floats in a vector of the machine it is meant for (4, 8 or 16); weights are packed for that width
///     and repacked when they are loaded on another
public record CodegenOptions(String packageName, String className, int floatLanes) {
    private static final Set<Integer> LANES = Set.of(4, 8, 16);
    private static final int DEFAULT_LANES = 16;

    /// Checks the names.
    ///
    /// @throws SkiveException when a name is not a Java name, or the number of lanes is another
    public CodegenOptions {
        if (!SourceVersion.isName(packageName)) {
            throw new SkiveException(ExitCode.USAGE, "'" + packageName + "' is not a Java package name");
        }
        if (!SourceVersion.isIdentifier(className) || SourceVersion.isKeyword(className)) {
            throw new SkiveException(ExitCode.USAGE, "'" + className + "' is not a Java class name");
        }
        if (Emission.isTaken(className)) {
            throw new SkiveException(
                    ExitCode.USAGE, "a class cannot be named '%s', which generated code uses".formatted(className));
        }
        if (!LANES.contains(floatLanes)) {
            throw new SkiveException(
                    ExitCode.USAGE, "vectors of " + floatLanes + " floats are not supported; use 4, 8 or 16");
        }
    }

    /// Options for a machine with 512-bit vectors.
    public static CodegenOptions of(String packageName, String className) {
        return new CodegenOptions(packageName, className, DEFAULT_LANES);
    }

    /// The same for another vector width.
    public CodegenOptions withFloatLanes(int lanes) {
        return new CodegenOptions(packageName, className, lanes);
    }
}

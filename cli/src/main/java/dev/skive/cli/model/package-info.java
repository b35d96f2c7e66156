/// From the words on the command line to models, shapes and inputs.
@NullMarked
package dev.skive.cli.model;

import org.jspecify.annotations.NullMarked;

// Tests of the built binary stand here.

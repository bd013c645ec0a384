// Tests of Containers stand here.

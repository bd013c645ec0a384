// Tests of Measuring stand here.

// Tests of Reports stand here.

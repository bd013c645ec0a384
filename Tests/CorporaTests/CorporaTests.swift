// Tests of Corpora stand here.

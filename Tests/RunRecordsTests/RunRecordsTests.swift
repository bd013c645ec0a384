// Tests of RunRecords stand here.

// Tests of ExternalCodecs stand here.

// ExternalCodecs

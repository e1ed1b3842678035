namespace PosteRestante.SipEdge.Delivery;

/// <summary>Why a body could not be read to its end.</summary>
internal enum BodyFault
{
    /// <summary>It could, as far as it was asked for.</summary>
    None,

    /// <summary>It is missing, or not what was stored: this message can never be handed over.</summary>
    Lost,

    /// <summary>The store does not give it now; later it may.</summary>
    Unavailable,
}

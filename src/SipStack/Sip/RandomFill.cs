namespace PosteRestante.SipStack.Sip;

/// <summary>A source of randomness: fills the span. Production injects a cryptographic one, tests a seeded one.</summary>
public delegate void RandomFill(Span<byte> destination);

namespace PosteRestante.Silo.Health;

/// <summary>A part without which the service does not accept messages.</summary>
public enum Part
{
    /// <summary>The record store, with the deployment's key secret synced in it.</summary>
    Store,

    /// <summary>The grain runtime.</summary>
    Grains,

    /// <summary>The SIP listeners, UDP and TCP.</summary>
    Sip,

    /// <summary>The MSRP listener.</summary>
    Msrp,
}

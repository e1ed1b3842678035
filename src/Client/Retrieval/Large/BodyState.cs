namespace PosteRestante.Client.Retrieval.Large;

/// <summary>Whether a body still comes.</summary>
public enum BodyState
{
    /// <summary>It comes.</summary>
    Coming,

    /// <summary>All of it is in its file.</summary>
    Complete,

    /// <summary>It broke off, or could not be kept; nothing of it stays.</summary>
    Discarded,
}

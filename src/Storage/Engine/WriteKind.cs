namespace PosteRestante.Storage.Engine;

/// <summary>What a write does. The numbers are part of the journal's format.</summary>
internal enum WriteKind : byte
{
    /// <summary>Creates or replaces the record.</summary>
    Put = 1,

    /// <summary>Removes the record.</summary>
    Clear = 2,
}

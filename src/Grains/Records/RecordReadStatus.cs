namespace PosteRestante.Grains.Records;

/// <summary>How a record read ended.</summary>
internal enum RecordReadStatus
{
    /// <summary>Here it is.</summary>
    Found,

    /// <summary>There is none.</summary>
    Absent,

    /// <summary>The store did not answer.</summary>
    Unavailable,
}

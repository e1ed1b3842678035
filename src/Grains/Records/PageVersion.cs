namespace PosteRestante.Grains.Records;

/// <summary>An index page as it is stored.</summary>
/// <param name="PageId">Its name.</param>
/// <param name="Etag">Its version.</param>
internal readonly record struct PageVersion(ulong PageId, string Etag);

namespace PosteRestante.Storage.Bodies;

/// <summary>A body that is in the store.</summary>
/// <param name="Name">Its name.</param>
/// <param name="StoredAt">When it was stored.</param>
public sealed record StoredBody(BodyName Name, DateTimeOffset StoredAt);

namespace PosteRestante.Storage.Bodies.Sweeping;

/// <summary>Who knows whether a body is still wanted: its mailbox.</summary>
public interface IBodyOwners
{
    /// <summary>Whether a living message refers to a body; null when there is no answer now.</summary>
    ValueTask<bool?> IsWantedAsync(BodyName name);
}

namespace PosteRestante.Storage.Engine;

/// <summary>Whether a queue took an item.</summary>
internal enum QueueAnswer
{
    Added,
    Full,
    Closed,
}

namespace PosteRestante.Storage.Bodies.Files;

/// <summary>One step of work on a thread of the body store.</summary>
/// <param name="Run">Does it. It keeps its failures to itself: who waits for it gets them.</param>
internal readonly record struct BodyJob(Action Run);

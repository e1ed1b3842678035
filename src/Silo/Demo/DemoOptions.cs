namespace PosteRestante.Silo.Demo;

/// <summary>What was asked of the demo.</summary>
/// <param name="Exits">Whether it ends after the story instead of serving on.</param>
/// <param name="ShowsWire">Whether each frame is shown whole.</param>
internal sealed record DemoOptions(bool Exits, bool ShowsWire);

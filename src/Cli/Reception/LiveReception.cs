using PosteRestante.Cli.Commands;
using PosteRestante.Client.Retrieval;
using PosteRestante.Client.Retrieval.Large;
using Spectre.Console;

namespace PosteRestante.Cli.Reception;

/// <summary>Text on a terminal, with a bar for each large message while it comes.</summary>
internal sealed class LiveReception : ReceptionView
{
    private readonly Dictionary<string, ProgressTask> _bars = new(StringComparer.Ordinal);
    private ProgressContext? _progress;

    /// <inheritdoc/>
    public override Task<T> RunAsync<T>(Func<Task<T>> receive) => AnsiConsole.Progress()
        .AutoClear(true)
        .HideCompleted(true)
        .Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn(),
            new PercentageColumn(),
            new DownloadedColumn(),
            new TransferSpeedColumn(),
            new RemainingTimeColumn())
        .StartAsync(async progress =>
        {
            _progress = progress;
            return await receive();
        });

    /// <inheritdoc/>
    public override void Show(RetrievedMessage message) => Say(MessageText.ToText(message));

    // What a sender wrote is no markup, and no control sequence either.
    /// <inheritdoc/>
    public override void Say(string text) =>
        AnsiConsole.WriteLine(string.Concat(text.Where(static c => c is '\n' or '\t' || !char.IsControl(c))));

    /// <inheritdoc/>
    public override void Report(BodyProgress progress)
    {
        if (!_bars.TryGetValue(progress.DeliveryId, out var bar))
        {
            if (progress.State != BodyState.Coming)
            {
                return;
            }

            bar = _progress!.AddTask(Markup.Escape(progress.From), maxValue: Math.Max(progress.Length, 1));
            _bars.Add(progress.DeliveryId, bar);
        }

        bar.Value = progress.Received;
        if (progress.State != BodyState.Coming)
        {
            bar.StopTask();
            _bars.Remove(progress.DeliveryId);
        }
    }
}

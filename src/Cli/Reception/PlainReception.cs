using PosteRestante.Cli.Commands;
using PosteRestante.Client.Retrieval;
using PosteRestante.Client.Retrieval.Large;

namespace PosteRestante.Cli.Reception;

/// <summary>Text, and a line for each tenth of a large message.</summary>
internal sealed class PlainReception : ReceptionView
{
    private readonly Dictionary<string, long> _tenths = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override void Show(RetrievedMessage message) => Console.WriteLine(MessageText.ToText(message));

    /// <inheritdoc/>
    public override void Report(BodyProgress progress)
    {
        if (progress.State == BodyState.Discarded)
        {
            _tenths.Remove(progress.DeliveryId);
            Say("A large message broke off or could not be kept; it is still waiting.");
            return;
        }

        var tenth = progress.Length > 0 ? progress.Received * 10 / progress.Length : 10;
        if (progress.State == BodyState.Coming && (!_tenths.TryGetValue(progress.DeliveryId, out var before) || tenth > before))
        {
            _tenths[progress.DeliveryId] = tenth;
            Say($"Receiving {OctetText.Of(progress.Length)} from {progress.From}: {tenth * 10} %");
        }
        else if (progress.State == BodyState.Complete)
        {
            _tenths.Remove(progress.DeliveryId);
        }
    }
}

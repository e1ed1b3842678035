namespace PosteRestante.SipStack.Sip.Dialogs;

/// <summary>Whose session a further fork of an INVITE carries: nobody's.</summary>
internal sealed class DiscardedFork : ISipDialogUser
{
    public static readonly DiscardedFork Instance = new();

    /// <inheritdoc/>
    public void OnEnded(SipDialog dialog, SipDialogEnd end)
    {
        // It was ended as soon as it was heard of.
    }
}

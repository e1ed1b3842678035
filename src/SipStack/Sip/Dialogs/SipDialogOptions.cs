using System.ComponentModel.DataAnnotations;

namespace PosteRestante.SipStack.Sip.Dialogs;

/// <summary>The bounds of the dialogs.</summary>
public sealed class SipDialogOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Sip:Dialogs";

    /// <summary>Dialogs that stand, default 10,000; beyond it an INVITE gets 503.</summary>
    [Range(1, 1_000_000)]
    public int MaxDialogs { get; set; } = 10_000;
}

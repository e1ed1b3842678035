using Microsoft.Extensions.Options;
using PosteRestante.Grains.Mailbox;
using PosteRestante.SipEdge.Delivery;
using PosteRestante.SipStack.Msrp;

namespace PosteRestante.Silo.Configuration;

/// <summary>
/// Refuses limits of one delivery that contradict each other: the mailbox gives the pages that a delivery asks for, and an
/// MSRP session takes two of them.
/// </summary>
public sealed class DeliveryLimits(IOptions<MailboxOptions> mailbox, IOptions<MsrpOptions> msrp) : IValidateOptions<DeliveryOptions>
{
    private const string Asked = $"{DeliveryOptions.SectionName}:{nameof(DeliveryOptions.PageMessages)}";

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, DeliveryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var failures = new List<string>();
        if (options.PageMessages > mailbox.Value.MaxDeliveryPage)
        {
            failures.Add($"{Asked} is {options.PageMessages} but must not be above {MailboxOptions.SectionName}:"
                + $"{nameof(MailboxOptions.MaxDeliveryPage)}, {mailbox.Value.MaxDeliveryPage}: a mailbox gives no larger page.");
        }

        if (msrp.Value.MaxQueuedMessages < 2 * options.PageMessages)
        {
            failures.Add($"{MsrpOptions.SectionName}:{nameof(MsrpOptions.MaxQueuedMessages)} is {msrp.Value.MaxQueuedMessages} "
                + $"but must be at least {2 * options.PageMessages}: a delivery queues two pages of {Asked}.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}

using System.Net;
using Microsoft.Extensions.Options;
using PosteRestante.SipEdge.Deposit;
using PosteRestante.SipEdge.Validation;

namespace PosteRestante.Silo.Listeners;

/// <summary>
/// Deposits without identity are taken only while nobody but this machine can reach the listeners: whoever may write
/// From as he likes could make the service send reports to anyone (profile 5).
/// </summary>
internal sealed class LoopbackDeposits(IOptions<ListenerOptions> listeners) : IPostConfigureOptions<DepositOptions>, IValidateOptions<DepositOptions>
{
    public void PostConfigure(string? name, DepositOptions options) => options.AllowUnauthenticated ??= IsLoopback;

    public ValidateOptionsResult Validate(string? name, DepositOptions options) =>
        new OptionFailures(DepositOptions.SectionName)
            .Require(
                options.AllowUnauthenticated == false || IsLoopback,
                nameof(options.AllowUnauthenticated),
                $"is true, but Listeners:Address ({listeners.Value.Address}) can be reached from outside; leave it out, and senders must say who they are")
            .Result();

    private bool IsLoopback
    {
        get
        {
            try
            {
                return IPAddress.IsLoopback(IPAddress.Parse(listeners.Value.Address));
            }
            catch (OptionsValidationException)
            {
                // Listeners are refused in their own words; this section is judged for the rest.
                return true;
            }
        }
    }
}

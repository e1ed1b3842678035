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
    public void PostConfigure(string? name, DepositOptions options) => options.AllowUnauthenticated ??= OpenAddress() is null;

    public ValidateOptionsResult Validate(string? name, DepositOptions options)
    {
        var open = OpenAddress();
        return new OptionFailures(DepositOptions.SectionName)
            .Require(
                options.AllowUnauthenticated == false || open is null,
                nameof(options.AllowUnauthenticated),
                $"is true, but Listeners:Address ({open}) can be reached from outside; leave it out, and senders must say who they are")
            .Result();
    }

    /// <summary>The listeners' address when others than this machine can reach it.</summary>
    private string? OpenAddress()
    {
        try
        {
            var address = listeners.Value.Address;
            return IPAddress.IsLoopback(IPAddress.Parse(address)) ? null : address;
        }
        catch (OptionsValidationException)
        {
            // The listeners are refused in their own words; this section is judged for the rest.
            return null;
        }
    }
}

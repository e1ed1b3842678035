using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.SipEdge.Handover;
using PosteRestante.SipEdge.Services;
using PosteRestante.SipEdge.Telemetry;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip;
using PosteRestante.Storage.Bodies;

namespace PosteRestante.SipEdge.Delivery;

/// <summary>
/// The deliveries of this node by mailbox, so that one that lost its lease to a newer one ends at once and not only when it
/// next asks the mailbox. On the loop.
/// </summary>
public sealed class DeliveryLayer(
    EventLoop loop,
    IBodyStore bodies,
    SipIdentifiers random,
    EdgeTelemetry telemetry,
    IOptions<ServiceOptions> service,
    IOptions<DeliveryOptions> options,
    ILogger<DeliveryLayer> logger)
{
    private readonly Dictionary<string, MessageDelivery> _byMailbox = new(StringComparer.Ordinal);
    private readonly HandoverWriter _writer = new(service.Value.Host, random, logger);

    /// <summary>Makes the delivery of a lease that was granted; of two for one mailbox the one with the lower token ends.</summary>
    /// <param name="key">The mailbox.</param>
    /// <param name="mailbox">Its grain.</param>
    /// <param name="begun">What was granted.</param>
    /// <param name="appends">Whether it goes on with what arrives while it runs, as a push does.</param>
    internal MessageDelivery Begin(MailboxKey key, IUserMailbox mailbox, DeliveryBegun begun, bool appends)
    {
        var lease = new DeliveryLease(loop, mailbox, begun.Token, options.Value);
        var renewEvery = (begun.LeaseEndsAt - loop.Now) / 3;
        var delivery = new MessageDelivery(
            loop, lease, _writer, bodies, telemetry, options.Value, renewEvery, appends, Activity.Current, logger);
        if (_byMailbox.TryGetValue(key.Value, out var other) && other.Lease.Token > delivery.Lease.Token)
        {
            delivery.Supersede(); // the answers to the two came in another order than they were given
        }
        else
        {
            _byMailbox[key.Value] = delivery;
            other?.Supersede();
        }

        return delivery;
    }

    /// <summary>Ends a delivery as it is, and gives its lease back; when that fails, and the result is null, it runs out.</summary>
    internal Task<DeliveryEnded?> EndAsync(MailboxKey key, MessageDelivery delivery)
    {
        if (_byMailbox.TryGetValue(key.Value, out var running) && ReferenceEquals(running, delivery))
        {
            _byMailbox.Remove(key.Value);
        }

        delivery.Stop();
        return delivery.Lease.EndAsync();
    }
}

using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Storage.Bodies;

namespace PosteRestante.SipEdge.Deposit;

/// <summary>Deposits a message whose body is in the body store: the body is durable before anything refers to it.</summary>
internal static class BodyDeposit
{
    /// <summary>Names the sealed body and deposits its message.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="key">Its key.</param>
    /// <param name="request">The message, without its body.</param>
    /// <param name="body">The body, sealed.</param>
    /// <param name="length">Its octets.</param>
    public static async ValueTask<DepositReceipt> StoreAsync(
        IUserMailbox mailbox, string key, DepositRequest request, IBodyWriter body, long length)
    {
        // First only asked: a repeat needs no second body, and else the answer says whose name this one gets.
        var known = await mailbox.DepositAsync(request with { OnlyIfKnown = true });
        if (known.Outcome != DepositOutcome.NotKnown || request.OnlyIfKnown)
        {
            return known;
        }

        var name = await body.CommitAsync(key, known.MessageKey);
        var reference = new BodyReference { Name = name.ToString(), Length = length };
        return await mailbox.DepositAsync(request with { Content = request.Content with { Body = reference } });
    }
}

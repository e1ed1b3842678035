using System.Text;
using PosteRestante.SipStack.Msrp;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>Short messages to be sent.</summary>
internal static class OutgoingMessages
{
    /// <summary>A message with its number in its id and body.</summary>
    public static MsrpOutgoingMessage Message(int index) =>
        new($"msg{index}", "text/plain", Encoding.ASCII.GetBytes($"body {index}"));

    /// <summary>Sends the messages from 0 on.</summary>
    public static void Send(MsrpWorld world, MsrpSession session, int count) => world.Loop.InTurn(() =>
    {
        for (int i = 0; i < count; i++)
        {
            session.TrySend(Message(i)).ShouldBeTrue();
        }

        return true;
    });
}

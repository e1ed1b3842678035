using PosteRestante.SipEdge.Delivery;

namespace PosteRestante.SipEdge.Tests.Delivery;

public sealed class DeliveryWindowTests
{
    private readonly DeliveryWindow _window = new(new DeliveryOptions { PageMessages = 2, PageOctets = 100 });

    [Fact]
    public void Room_WithAPageUnanswered_IsThere()
    {
        _window.Sent(50);
        _window.Sent(50);

        _window.WaitForRoomAsync().IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void Room_BeyondThePageOfMessages_ComesWithAnAnswer()
    {
        Send(3, 1);
        var room = _window.WaitForRoomAsync();
        room.IsCompleted.ShouldBeFalse();

        _window.Answered(1, awaitsReport: false);

        room.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void Room_BeyondThePageOfOctets_ComesWithAnAnswer()
    {
        Send(2, 60);
        var room = _window.WaitForRoomAsync();
        room.IsCompleted.ShouldBeFalse();

        _window.Answered(60, awaitsReport: false);

        room.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void Room_OfMessagesThatAreAnsweredAndNotReported_ComesWithAReport()
    {
        Send(3, 1);
        for (var i = 0; i < 3; i++)
        {
            _window.Answered(1, awaitsReport: true);
        }

        var room = _window.WaitForRoomAsync();
        room.IsCompleted.ShouldBeFalse();
        _window.Reported();

        room.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void Wait_ThatStands_EndsWithTheDelivery()
    {
        Send(3, 1);
        var room = _window.WaitForRoomAsync();

        _window.Close();

        room.IsCompleted.ShouldBeTrue();
        _window.WaitForAnswerAsync().IsCompleted.ShouldBeTrue();
    }

    private void Send(int count, int octets)
    {
        for (var i = 0; i < count; i++)
        {
            _window.Sent(octets);
        }
    }
}
